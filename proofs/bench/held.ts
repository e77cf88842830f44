import { createAnswerReader } from '../../harness/answers/answer-reader.ts';
import { readTarget } from '../../harness/configuration/target-url.ts';
import { contract } from '../../harness/contract/editions.ts';
import { createClient } from '../../harness/http/client.ts';
import { observe } from '../../harness/run/observe.ts';
import { requirements } from '../../suites/requirements.ts';
import { settings } from '../observe-fault.ts';

// A process of its own, started with --expose-gc, that observes the target at a URL and prints how many bytes are held
// then: facts, texts and bodies, no garbage.

const [url = ''] = process.argv.slice(2);

function held(): number {
  const { gc } = globalThis;
  if (gc === undefined) throw new Error('held.ts needs --expose-gc');
  gc();
  gc();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

const before = held();
const target = readTarget(url);
const bodyLimit = 100 * 1024 * 1024;
const client = createClient({
  ...target,
  timeoutMilliseconds: 60_000,
  bodyLimit,
  credentials: { first: null, second: null },
});
const own = {
  ...settings,
  origin: target.origin,
  bodyLimit,
  secrets: [],
  credentials: { ...settings.credentials, first: false, second: false },
};
const reader = createAnswerReader({ contract, bodyLimit, tokens: [] });
const patience = { retries: 0, longestWait: 0, budget: 0, sleep: async () => {}, now: () => 0 };
const { observations } = await observe(
  { requirements, settings: own, reader },
  { transport: client.transport, patience },
);
await client.close();
const after = held();
if (observations.unjudged !== null) throw new Error(`the bench judged nothing: ${observations.unjudged}`);
process.stdout.write(`${after - before}\n`);
