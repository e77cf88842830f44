import { expect, test } from 'vitest';
import type { Transport } from '../harness/http/transport.ts';
import { type Probe, phases } from '../harness/probes/probe.ts';
import { createApi } from '../reference/api.ts';
import { requirements } from '../suites/requirements.ts';
import { freshWorld, idsWith, inProcess, judgeAll, observeWith, settings } from './observe-fault.ts';

const cause = { kind: 'timeout', message: 'the whole answer did not come within the time limit' } as const;

/** A target that answers well, and from some request on not at all. */
function silentFrom(turn: number): { transport: Transport; asked: Probe[] } {
  const transport = inProcess(createApi(freshWorld()));
  const asked: Probe[] = [];
  return {
    transport: async (probe) => {
      asked.push(probe);
      return asked.length < turn ? transport(probe) : { kind: 'failure', reusedSocket: false, cause };
    },
    asked,
  };
}

/**
 * The requirements that asked for a probe, one after the other: with several under way, which one it was cannot be
 * seen.
 */
function suspectsOf(probe: Probe): readonly string[] {
  if (phases[probe.phase].parallel) return [];
  return requirements
    .filter((requirement) => requirement.probes(settings).some(({ key }) => key === probe.key))
    .map(({ id }) => id);
}

const whole = silentFrom(Number.POSITIVE_INFINITY);
await observeWith(whole.transport, settings);
// Fewer than three silent answers in the end may be accidents.
const last = whole.asked.length - 2;

test('a target that falls silent fails envelope.status, and beside it what its silence began with alone', async () => {
  for (let turn = 1; turn <= last; turn += 4) {
    const { transport, asked } = silentFrom(turn);
    const failed = idsWith('fail', judgeAll(await observeWith(transport, settings)));
    const first = asked[turn - 1] as Probe;
    const suspects = [...suspectsOf(first), ...(first.phase === 'odd' ? ['robustness.recovery'] : [])];
    expect(failed, `silent from request ${turn} on`).toContain('envelope.status');
    const others = failed.filter((id) => id !== 'envelope.status');
    expect(suspects, `silent from request ${turn} on`).toEqual(expect.arrayContaining(others));
  }
});

test('a target that answers nothing is asked no more than a few times', async () => {
  const { transport, asked } = silentFrom(1);
  await observeWith(transport, settings);
  expect(asked.length).toBeLessThanOrEqual(6);
});
