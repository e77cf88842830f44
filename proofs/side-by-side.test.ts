import { expect, test } from 'vitest';
import { createAnswerReader } from '../harness/answers/answer-reader.ts';
import { contract } from '../harness/contract/editions.ts';
import type { Transport } from '../harness/http/transport.ts';
import { observe } from '../harness/run/observe.ts';
import { createApi } from '../reference/api.ts';
import { controls } from '../reference/controls/controls.ts';
import { living } from '../reference/controls/living.ts';
import { faults } from '../reference/faults/all.ts';
import type { Api } from '../reference/http.ts';
import { requirements } from '../suites/requirements.ts';
import { failureSummary } from './failure-summary.ts';
import { freshWorld, idsWith, inProcess, judgeAll, settings } from './observe-fault.ts';
import { idsOf } from './prove-faults.ts';

const patience = { retries: 3, longestWait: 10_000, budget: 60_000, sleep: async () => {}, now: () => 0 };

/** Observes a target with its independent requests side by side. */
async function observed(api: Api, transport: Transport = inProcess(api), sideBySide: boolean | null = true) {
  const reader = createAnswerReader({ contract, bodyLimit: settings.bodyLimit, tokens: settings.secrets });
  const asking = { requirements, settings, reader, ...(sideBySide === null ? {} : { sideBySide }) };
  return (await observe(asking, { transport, patience })).observations;
}

test('nothing that conforms is blamed for what is asked side by side', async () => {
  const all = [
    ...controls.filter((control, index) => 'wrap' in control && (index % 4 === 0 || control.name.startsWith('living'))),
    ...Array.from({ length: 6 }, (_, seed) => living(seed)),
  ];
  for (const control of all) {
    if (!('wrap' in control)) continue;
    const world = freshWorld();
    const observations = await observed(control.wrap(createApi(world), world));
    expect(failureSummary(judgeAll(observations)), control.name).toBe('');
  }
});

/**
 * Faults that depend on the order of requests: side by side, the inventory is empty before a second list was read, and
 * flickering members are seen by the requests that are asked side by side.
 */
const inOrder = /^consistency\.(size\.empties|members\.flicker|repeatable\.)/;

test('faults fail what they fail one after the other', async () => {
  const some = faults.filter(
    (fault, index) =>
      fault.kind === 'api' &&
      !fault.known &&
      fault.origin === undefined &&
      index % 23 === 0 &&
      !inOrder.test(fault.name),
  );
  for (const fault of some) {
    if (fault.kind !== 'api') continue;
    const world = freshWorld();
    const failed = idsWith('fail', judgeAll(await observed(fault.wrap(createApi(world), world))));
    expect([...failed].sort(), fault.name).toEqual([...idsOf(fault.fails)].sort());
  }
});

test('side by side are at most as many as CONCURRENCY says, and only where answers are slow', async () => {
  const most = async (delay: number) => {
    const own = inProcess(createApi(freshWorld()));
    let [now, highest] = [0, 0];
    const phases = new Set<string>();
    const transport: Transport = async (probe) => {
      now += 1;
      if (now > 1) phases.add(probe.phase);
      highest = Math.max(highest, now);
      await new Promise((resolve) => setTimeout(resolve, delay));
      now -= 1;
      return own(probe);
    };
    await observed(createApi(freshWorld()), transport, null);
    return { highest, phases: [...phases].sort() };
  };
  expect(await most(0)).toEqual({ highest: 8, phases: ['parallel'] });
  expect(await most(60)).toEqual({ highest: 8, phases: ['combinations', 'pairs', 'parallel', 'single', 'undefined'] });
}, 120_000);
