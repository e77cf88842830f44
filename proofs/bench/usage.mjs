import { writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

// Loaded before a program: when it ends, what its process took is written to the file that USAGE_FILE names.
const begun = performance.now();
if (isMainThread) {
  process.on('exit', () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    const usage = {
      wall: (performance.now() - begun) / 1000,
      cpu: (userCPUTime + systemCPUTime) / 1e6,
      peak: maxRSS / 1024,
    };
    writeFileSync(process.env.USAGE_FILE, JSON.stringify(usage));
  });
}
