import { withHeader } from '../http.ts';
import { body, type Change, eachElement, onAnswers, onTurns, text } from '../variants/answers.ts';
import { upstreamError } from '../variants/refusals.ts';
import { alone, asking, fieldsOf, projected, several } from '../variants/requests.ts';
import type { Wrap } from '../variants/wrap.ts';
import { apiFault, type Fault } from './fault.ts';
import { SEVERAL } from './projection-ids.ts';

/** The ids in `fails` are separated by blanks. */
type Case = readonly [name: string, describes: string, fails: string, change: Change];

const accepted: Change = (response) => ({ ...response, status: 202 });
const failed: Change = () => upstreamError(500);
const asPage: Change = (response) => withHeader(response, 'Content-Type', 'text/html');
const marked: Change = text((json) => `\ufeff${json}`);
const cut: Change = text((json) => json.slice(0, -2));
const renamed: Change = body(({ ipsec_site_connections: list }) => ({ items: list ?? null }));

/** Right answers to one request and wrong ones to another, or to every third: contract clause 16. */
export const everyAnswerFaults: readonly Fault[] = [
  ...cases('projected', (change) => onAnswers(projected, change), [
    ['status', 'Only projected lists come with status 202.', 'envelope.status', accepted],
    ['content-type', 'Only projected lists are labelled text/html.', 'envelope.content-type', asPage],
    ['utf8', 'Only projected lists begin with a byte order mark.', 'envelope.utf8', marked],
    ['json', 'Only projected lists are cut.', 'envelope.json', cut],
    ['wrapper', 'Only projected lists have another name.', 'envelope.wrapper', renamed],
  ]),
  // Without keys in it: a key in an error is another requirement's matter.
  ...cases('keyless', (change) => onAnswers((request) => projected(request) && !asking('psk')(request), change), [
    ['400', 'Projected lists come with status 400.', 'envelope.status', (response) => ({ ...response, status: 400 })],
    ['500', 'Projected lists come with status 500.', 'envelope.status', (response) => ({ ...response, status: 500 })],
  ]),
  ...cases('every-third', (change) => onTurns((turn) => turn % 3 === 0, projected, change), [
    ['status', 'Every third projected list comes with status 202.', 'envelope.status', accepted],
    ['failure', 'Every third projected list is an error with status 500.', 'envelope.status', failed],
    ['content-type', 'Every third projected list is labelled text/html.', 'envelope.content-type', asPage],
    ['utf8', 'Every third projected list begins with a byte order mark.', 'envelope.utf8', marked],
    ['json', 'Every third projected list is cut.', 'envelope.json', cut],
    ['wrapper', 'Every third projected list has another name.', 'envelope.wrapper', renamed],
  ]),
  ...cases('every-tenth', (change) => onTurns((turn) => turn % 10 === 0, projected, change), [
    ['failure', 'Every tenth projected list is an error with status 500.', 'envelope.status', failed],
    ['json', 'Every tenth projected list is cut.', 'envelope.json', cut],
  ]),
  ...cases('alone', (change) => onAnswers(alone('mtu'), change), [
    ['failure', 'The list projected to mtu is an error with status 500.', 'envelope.status', failed],
    [
      'values',
      'The list projected to mtu is one of numbers.',
      'envelope.elements',
      eachElement((element) => element.mtu ?? null),
    ],
    [
      'type',
      'mtu is a string where it is projected alone.',
      'parameters.type.mtu projection.single.mtu',
      eachElement((element) => ({ mtu: String(element.mtu) })),
    ],
  ]),
  ...cases('several', (change) => onAnswers(several, change), [
    ['refused', 'More than one fields parameter is refused.', SEVERAL.join(' '), () => upstreamError(400)],
    ['not-found', 'More than one fields parameter is not found.', SEVERAL.join(' '), () => upstreamError(404)],
  ]),
  ...cases('many', (change) => onAnswers((request) => projected(request) && fieldsOf(request).length > 12, change), [
    ['refused', 'More than twelve names are refused.', 'projection.all', () => upstreamError(400)],
  ]),
  // Asked again, status is as it was: what remains is the value that no table names.
  apiFault(
    'every-answer.first.enum',
    'The first list projected to status has a status that no table names.',
    ['enums.status'],
    onTurns(
      (turn) => turn === 1,
      alone('status'),
      eachElement(() => ({ status: 'UP' })),
    ),
  ),
];

function cases(group: string, on: (change: Change) => Wrap, table: readonly Case[]): Fault[] {
  return table.map(([name, describes, fails, change]) =>
    apiFault(`every-answer.${group}.${name}`, describes, fails.split(' '), on(change)),
  );
}
