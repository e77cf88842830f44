import { expect, test } from 'vitest';
import { contract } from '../harness/contract/editions.ts';
import { judge } from '../harness/judging/judge.ts';
import { reported } from '../harness/results/reported.ts';
import { createApi } from '../reference/api.ts';
import { faults } from '../reference/faults/all.ts';
import type { ApiFault } from '../reference/faults/fault.ts';
import { header } from '../reference/http.ts';
import { eachElement, elements, onAnswers, text } from '../reference/variants/answers.ts';
import { page } from '../reference/variants/refusals.ts';
import { alone, asking, defined, full } from '../reference/variants/requests.ts';
import { everywhere, set } from '../reference/variants/stored.ts';
import type { Wrap } from '../reference/variants/wrap.ts';
import { failureLines } from '../reporters/failure-text.ts';
import { requirements } from '../suites/requirements.ts';
import { freshWorld, observeApi } from './observe-fault.ts';
import { reportContext } from './report-context.ts';

/** The failure text of one requirement, against the reference target made faulty. */
async function told(id: string, wrap: Wrap): Promise<string> {
  const world = freshWorld();
  const observations = await observeApi(wrap(createApi(world), world));
  const requirement = requirements.find((each) => each.id === id);
  if (!requirement) throw new Error(`no requirement is ${id}`);
  return failureLines(
    reported(requirement, judge(requirement, observations), reportContext(observations)),
    contract.errata,
  ).join('\n');
}

function faultOf(name: string): Wrap {
  return (faults.find((fault) => fault.name === name) as ApiFault).wrap;
}

test('a projection that loses id says that id is missing, and not that elements are there twice', async () => {
  const lines = await told(
    'projection.with-id.mtu',
    onAnswers(
      asking('mtu'),
      eachElement(({ id: _, ...rest }) => rest),
    ),
  );
  expect(lines).toContain('expected  a member id\nactual    no member id');
  expect(lines).toContain('12 of 12 elements');
  expect(lines).not.toContain('second time');
  expect(lines).not.toContain('every element of the full list');
});

test('where the order of names matters, what was asked in which order is said, and what came', async () => {
  const lines = await told('projection.order', faultOf('projection.order'));
  expect(lines).toContain(
    'actual    no member id\n          Asked for, in this order: status, name, mtu, id. Of these came: status.',
  );
});

test('elements that are no objects are counted as elements', async () => {
  const nulls = onAnswers(
    defined,
    elements((list) => [...list, null]),
  );
  expect(await told('envelope.elements', nulls)).toMatch(/^1 of 13 elements, in \d+ of \d+ answers/);
});

test('a member that is there twice is counted by its places', async () => {
  const lines = await told('envelope.duplicate-members', faultOf('envelope.duplicate-members.id'));
  expect(lines).toMatch(/^12 of 12 places, in /);
});

test('another Accept that brings a page says so, and not its status alone', async () => {
  const lines = await told(
    'robustness.accept.any',
    onAnswers(
      (request) => full(request) && header(request, 'Accept') === '*/*',
      () => page(200),
    ),
  );
  expect(lines).toContain('actual    status 200 with a body that is no JSON');
});

test('a number that no double holds is told as such, and null does not explain it', async () => {
  const lines = await told(
    'parameters.type.mtu',
    onAnswers(
      defined,
      text((json) => json.replace(/"mtu":\d+/g, '"mtu":1e400')),
    ),
  );
  expect(lines).toContain('actual    a number beyond the range of a double');
  expect(lines).toContain('"mtu": "a number beyond the range of a double"');
  expect(lines).not.toContain('null');
});

test('a value that is null is explained by the page’s silence', async () => {
  expect(await told('parameters.type.mtu', everywhere(set('mtu', null)))).toContain('erratum   nullability');
});

test('texts that differ in their normalisation form alone are told apart', async () => {
  const decomposed: Wrap = (api, world) =>
    onAnswers(
      (request) => asking('name')(request) || alone('name')(request),
      text((json) => json.normalize('NFD')),
    )(everywhere(set('name', (element) => `Zürich ${element.id}`))(api, world), world);
  const withId = await told('projection.with-id.name', decomposed);
  expect(withId).toContain('Zu\\u0308rich');
  expect(withId).toContain('Z\\u00fcrich');
  const single = await told('projection.single.name', decomposed);
  expect(single).toContain('Zu\\u0308rich');
  expect(single).toContain('in another Unicode normalisation form');
});

test.for(['projection.psk-beside', 'projection.psk-beside.cached', 'projection.psk-leaks'])(
  'a psk that nobody asked for is named as a secret, and not shown: %s',
  async (name) => {
    const lines = await told('projection.single.id', faultOf(name));
    expect(lines).toContain('psk, a secret, is sent although nobody asked for it.');
    for (const { element } of freshWorld().connections) expect(lines).not.toContain(element.psk);
  },
);

test.for([
  ['forms.mtu.ipv6', 'derived.type.mtu.string', 'parameters.type.mtu'],
  ['forms.dpd.timeout-not-below-interval', 'derived.type.dpd.timeout.string', 'parameters.type.dpd.timeout'],
  ['forms.peer_cidrs.one-family', 'derived.type.peer_cidrs.string', 'parameters.type.peer_cidrs'],
] as const)('%s is not said to lack a connection where %s is to blame', async ([id, fault, blocker]) => {
  const world = freshWorld();
  const observations = await observeApi(faultOf(fault)(createApi(world), world));
  const requirement = requirements.find((each) => each.id === id);
  const verdict = requirement && judge(requirement, observations);
  expect(verdict).toMatchObject({ kind: 'inconclusive', reason: expect.stringContaining(`blocked by ${blocker}`) });
});
