import { expect, test } from 'vitest';
import { createAnswerReader } from '../harness/answers/answer-reader.ts';
import { seededFaker } from '../harness/base/seeded-faker.ts';
import { contract } from '../harness/contract/editions.ts';
import type { Transport } from '../harness/http/transport.ts';
import { phases } from '../harness/probes/probe.ts';
import { observe } from '../harness/run/observe.ts';
import { createApi } from '../reference/api.ts';
import { controls } from '../reference/controls/controls.ts';
import { living } from '../reference/controls/living.ts';
import { faults } from '../reference/faults/all.ts';
import type { Api } from '../reference/http.ts';
import { requirements } from '../suites/requirements.ts';
import { failureSummary } from './failure-summary.ts';
import { freshWorld, idsWith, impatient, inProcess, judgeAll, settings } from './observe-fault.ts';
import { idsOf } from './prove-faults.ts';

/** A transport that answers requests under way at the same time in another order each time. */
function shuffled(api: Api): Transport {
  const faker = seededFaker(1);
  const own = inProcess(api);
  return async (probe) => {
    for (let turns = faker.number.int({ max: 5 }); turns > 0; turns -= 1) await null;
    return own(probe);
  };
}

/** Observes a target with its independent requests side by side. */
async function observed(api: Api, transport: Transport = shuffled(api), sideBySide: boolean | null = true) {
  const reader = createAnswerReader({ contract, bodyLimit: settings.bodyLimit, tokens: settings.secrets });
  const asking = { requirements, settings, reader, ...(sideBySide === null ? {} : { sideBySide }) };
  return (await observe(asking, { transport, patience: impatient })).observations;
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

/** Faults of the second, the third or every other request of a kind: side by side, that is another request. */
const inOrder = /^consistency\.(members\.flicker|repeatable\.)/;

test('faults fail what they fail one after the other', async () => {
  const some = faults.filter(
    (fault, index) =>
      fault.kind === 'api' &&
      !fault.known &&
      fault.origin === undefined &&
      (index % 23 === 0 || /^consistency\.|\.after-odd\.|^robustness\.recovery/.test(fault.name)) &&
      !inOrder.test(fault.name),
  );
  for (const fault of some) {
    if (fault.kind !== 'api') continue;
    const world = freshWorld();
    const failed = idsWith('fail', judgeAll(await observed(fault.wrap(createApi(world), world))));
    expect([...failed].sort(), fault.name).toEqual([...idsOf(fault.fails)].sort());
  }
});

const tooMany = {
  kind: 'answer' as const,
  reusedSocket: false,
  status: 429,
  rawHeaders: ['Retry-After', '1'],
  body: Buffer.from(''),
};

test('a target that turns requests away is asked one after the other from then on', async () => {
  const own = inProcess(createApi(freshWorld()));
  let [now, highest, turns] = [0, 0, 0];
  const transport: Transport = async (probe) => {
    turns += 1;
    // The third request, an ordinary one, is one too many.
    const busy = turns === 3;
    now += 1;
    if (probe.phase !== 'parallel') highest = Math.max(highest, now);
    await null;
    now -= 1;
    return busy ? tooMany : own(probe);
  };
  const observations = await observed(createApi(freshWorld()), transport);
  expect(highest).toBe(1);
  expect(idsWith('fail', judgeAll(observations))).toEqual([]);
});

test('a target that turns odd input away is asked the rest of it one after the other', async () => {
  const own = inProcess(createApi(freshWorld()));
  let [now, after, isFirst] = [0, 0, true];
  const transport: Transport = async (probe) => {
    now += 1;
    const isTogether = now > 1 && probe.phase === 'odd';
    if (isTogether && !isFirst) after += 1;
    const busy = isTogether && isFirst;
    if (busy) isFirst = false;
    await null;
    now -= 1;
    return busy ? tooMany : own(probe);
  };
  const observations = await observed(createApi(freshWorld()), transport);
  expect(isFirst).toBe(false);
  // The batch that it belongs to is asked to its end.
  expect(after).toBeLessThan(4 * settings.concurrency);
  expect(idsWith('fail', judgeAll(observations))).toEqual([]);
});

test('side by side are at most as many as CONCURRENCY says, and only where answers are slow', async () => {
  const most = async (delay: number) => {
    const own = inProcess(createApi(freshWorld()));
    let [now, highest] = [0, 0];
    const atOnce = new Set<string>();
    const transport: Transport = async (probe) => {
      now += 1;
      if (now > 1) atOnce.add(probe.phase);
      highest = Math.max(highest, now);
      await new Promise((resolve) => setTimeout(resolve, delay));
      now -= 1;
      return own(probe);
    };
    await observed(createApi(freshWorld()), transport, null);
    return { highest, phases: [...atOnce].sort() };
  };
  expect(await most(0)).toEqual({ highest: 8, phases: ['parallel'] });
  const inOrder = ['list', 'recovery'];
  const phasesAtOnce = Object.keys(phases).filter((phase) => !inOrder.includes(phase));
  expect(await most(60)).toEqual({ highest: 8, phases: phasesAtOnce.sort() });
}, 120_000);
