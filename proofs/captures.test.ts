import { describe, expect, test } from 'vitest';
import type { Observation } from '../harness/answers/observation.ts';
import { type Capture, captureOf } from '../harness/captures/capture.ts';
import { contract } from '../harness/contract/editions.ts';
import { requestHeaders } from '../harness/http/request-headers.ts';
import { createObservations } from '../harness/judging/create-observations.ts';
import { unseenIn } from '../harness/judging/needs.ts';
import type { Requirement } from '../harness/judging/requirement.ts';
import { requestTarget, theList } from '../harness/probes/probe.ts';
import { createApi } from '../reference/api.ts';
import { faults } from '../reference/faults/all.ts';
import type { Api } from '../reference/http.ts';
import { knownConnections } from '../reference/known.ts';
import { requirements } from '../suites/requirements.ts';
import { credentials, freshWorld, judgeAll, readerFor, settings } from './observe-fault.ts';
import { idsOf } from './prove-faults.ts';

const known = knownConnections(freshWorld());

/** The verdicts on a captured body, with the given headers in place of those that a capture is given. */
function verdictsOn(
  body: Uint8Array,
  shape: Capture['shape'],
  rawHeaders?: readonly string[],
): ReadonlyMap<string, string> {
  const reader = readerFor(settings);
  const captured = captureOf(body, reader);
  expect(captured.shape).toBe(shape);
  const observation = (rawHeaders ? { ...captured.observation, rawHeaders } : captured.observation) as Observation;
  const { texts, secrets } = reader;
  const own = { ...settings, origin: 'file:', knownConnections: known };
  const seen = { settings: own, contract, texts, secrets, all: [observation], stopped: null };
  const verdicts = judgeAll(createObservations(seen), judgedOn(shape));
  return new Map([...verdicts].map(([id, { kind }]) => [id, kind]));
}

function judgedOn(shape: Capture['shape']): readonly Requirement[] {
  return requirements.filter(({ needs }) => unseenIn(shape, needs) === undefined);
}

/** The answer of an API to a request for the list. */
function listOf(api: Api): Uint8Array {
  const [probe] = theList();
  if (!probe) throw new Error('the list has no probe');
  const headers = Object.entries(requestHeaders(probe, credentials));
  return api({ method: 'GET', target: requestTarget('', probe), headers }).body;
}

/** The same as the answer to a request for one connection: the first that a list shows, as it stands there. */
function singleOf(list: Uint8Array): Uint8Array {
  const { ipsec_site_connections: elements } = JSON.parse(Buffer.from(list).toString());
  return Buffer.from(JSON.stringify({ ipsec_site_connection: elements[0] }));
}

const list = listOf(createApi(freshWorld()));
const bodies = { list, single: singleOf(list) } as const;
const shapes = ['list', 'single'] as const;

describe.each(shapes)('a captured %s', (shape) => {
  test('that conforms fails nothing', () => {
    const failed = [...verdictsOn(bodies[shape], shape)].filter(([, kind]) => kind === 'fail' || kind === 'broken');
    expect(failed).toEqual([]);
  });

  test('is judged alike whatever headers it might have come with', () => {
    const headers = [
      'Content-Type',
      'text/html; charset=latin1',
      'Cache-Control',
      'public',
      'ETag',
      '"1"',
      'Link',
      '<x>',
    ];
    expect(verdictsOn(bodies[shape], shape, headers)).toEqual(verdictsOn(bodies[shape], shape));
  });
});

test('each requirement that a captured list is held to fails on some list', () => {
  const open = new Set(judgedOn('list').map(({ id }) => id));
  for (const fault of faults) {
    if (fault.kind !== 'api' || open.size === 0) continue;
    if (![...idsOf(fault.fails)].some((id) => open.has(id))) continue;
    const world = freshWorld();
    const body = listOf(fault.wrap(createApi(world), world));
    // A fault of the headers or of one connection leaves something else to capture.
    if (Buffer.from(body).toString('latin1').startsWith('{"ipsec_site_connection"')) continue;
    for (const [id, kind] of verdictsOn(body, 'list')) if (kind === 'fail') open.delete(id);
  }
  expect([...open]).toEqual([]);
});

test('what a captured body shows nothing of is said with its reason', () => {
  const reasons = new Map(
    shapes.flatMap((shape) => requirements.map((each) => [`${shape} ${each.id}`, unseenIn(shape, each.needs)])),
  );
  expect(reasons.get('list envelope.status')).toBe('a captured body has no status and no headers');
  expect(reasons.get('list projection.single.id')).toBe('a captured body is the answer to one request');
  expect(reasons.get('list consistency.size')).toBe('a captured body is one reading');
  expect(reasons.get('list known.listed')).toBeUndefined();
  expect(reasons.get('single known.listed')).toBe('one connection was captured, not the list');
  expect(reasons.get('single parameters.type.mtu')).toBeUndefined();
});
