import { expect, test } from 'vitest';
import { isJsonType } from '../harness/judging/frame.ts';
import { createApi } from '../reference/api.ts';
import { type Api, withBody } from '../reference/http.ts';
import { freshWorld, idsWith, judgeAll, observeApi } from './observe-fault.ts';

type Listed = { ipsec_site_connections: Record<string, unknown>[] };

/** The reference target, with each list changed. */
function changed(change: (list: Listed, projected: boolean) => object): Api {
  const api = createApi(freshWorld());
  return (request) => {
    const answer = api(request);
    const text = Buffer.from(answer.body).toString();
    if (answer.status !== 200 || !text.includes('ipsec_site_connections')) return answer;
    return withBody(answer, JSON.stringify(change(JSON.parse(text) as Listed, request.target.includes('fields='))));
  };
}

async function failures(api: Api): Promise<readonly string[]> {
  return idsWith('fail', judgeAll(await observeApi(api)));
}

test.for([
  ['application/json; profile="https://x.example/a;charset=ascii;b"', true],
  ['Application/JSON;Charset="UTF-8"', true],
  ['application/json; charset=iso-8859-1', false],
  ['application/json; charset=utf8', false],
  ['application/json2', false],
  ['text/html', false],
  ['', false],
] as const)('%s is the type of JSON: %s', ([type, isJson]) => {
  expect(isJsonType(type)).toBe(isJson);
});

test('an undocumented member that changes at every read is no departure', async () => {
  let reads = 0;
  const counting = changed((list, projected) => {
    reads += 1;
    if (projected) return list;
    const elements = list.ipsec_site_connections.map((element) => ({
      ...element,
      read: reads,
      dpd: { ...(element.dpd as object), last_seen: reads },
    }));
    return { ipsec_site_connections: elements };
  });
  expect(await failures(counting)).toEqual([]);
});

test('pages that are cut by size are no departure', async () => {
  const links = [{ rel: 'next', href: 'http://127.0.0.1/next' }];
  const paging = changed((list, projected) =>
    projected
      ? list
      : { ipsec_site_connections: list.ipsec_site_connections.slice(0, 5), ipsec_site_connections_links: links },
  );
  expect(await failures(paging)).toEqual([]);
});

test('a refusal that explains the form of a connection is no leak', async () => {
  const api = createApi(freshWorld());
  const explaining: Api = (request) => {
    const answer = api(request);
    const body = '{"error": "bad", "example": {"psk": "string", "peer_id": "string"}}';
    return answer.status >= 400 ? withBody(answer, body) : answer;
  };
  expect(await failures(explaining)).toEqual([]);
});
