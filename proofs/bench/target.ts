import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApi } from '../../reference/api.ts';
import { header } from '../../reference/http.ts';
import type { Element } from '../../reference/json.ts';
import { createWorld } from '../../reference/world.ts';

// A process of its own that answers from prepared bytes, so that the target is not what is measured. It prints its URL.

const [items = '12', kind = 'conforming', delay = '0'] = process.argv.slice(2);

const world = createWorld({ seed: 1, items: Number(items) });
if (kind === 'wrong') {
  for (const { element } of world.connections) Object.assign(element, wrong(element));
}
const api = createApi(world);
const prepared = new Map<string, ReturnType<typeof api>>();

/** Each member of an element of a wrong type, the id aside: with it, elements could not be told apart. */
function wrong(element: Element): Element {
  return Object.fromEntries(
    Object.entries(element).map(([name, value]) => {
      if (name === 'id') return [name, value];
      if (name === 'dpd') return [name, { action: 'none', interval: '30', timeout: null }];
      return [name, typeof value === 'string' ? [value] : `${JSON.stringify(value)}`];
    }),
  );
}

const server = createServer({ maxHeaderSize: 128 * 1024 }, (request, response) => {
  const key = `${request.method} ${request.url}`;
  const answer = prepared.get(key) ?? api({ method: request.method ?? '', target: request.url ?? '', headers: [] });
  if (header(answer, 'Content-Type') !== undefined) prepared.set(key, answer);
  const send = () => {
    response.writeHead(answer.status, answer.headers.flat());
    response.end(answer.body);
  };
  if (delay === '0') send();
  else setTimeout(send, Number(delay));
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
});
