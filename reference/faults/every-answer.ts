import { projectOf } from '../api.ts';
import { withHeader } from '../http.ts';
import type { Element } from '../json.ts';
import { afterOdd } from '../variants/after-odd.ts';
import { body, type Change, eachElement, onAnswers, onTurns, text, without } from '../variants/answers.ts';
import { page, upstreamError } from '../variants/refusals.ts';
import { alone, asking, defined, fieldsOf, projected, several } from '../variants/requests.ts';
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
const namesTwice: Change = text((json) => json.replaceAll(/"name":("[^"]*")/g, '"name":$1,"name":$1'));
const renamed: Change = body(({ ipsec_site_connections: list }) => ({ items: list ?? null }));

/** Right answers to one request and wrong ones to another, or to every third: clause `every-answer-counts`. */
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
  ...cases('after-odd', afterOdd, [
    [
      'null',
      'After odd input dpd is null in the next full list.',
      'parameters.type.dpd consistency.members',
      each({ dpd: null }),
    ],
    ['status', 'After odd input every status is UP in the next full list.', 'enums.status', each({ status: 'UP' })],
    [
      'ids',
      'After odd input the next full list has one id for all.',
      'consistency.unique-id',
      each({ id: '5c561d9d-eaea-45f6-ae3e-08d1a7080828' }),
    ],
    ['utf8', 'After odd input the next full list begins with a byte order mark.', 'envelope.utf8', marked],
    ['twice', 'After odd input the next full list has names twice.', 'envelope.duplicate-members', namesTwice],
    [
      'description',
      'After odd input the next full list has no description.',
      'parameters.presence.description consistency.members',
      eachElement(without('description')),
    ],
  ]),
  ...cases('second', forSecond, [
    ['type', 'For another project mtu is a string.', 'parameters.type.mtu', each({ mtu: '1500' })],
    ['project', 'For another project tenant_id is none.', 'consistency.same-project', each({ tenant_id: 'none' })],
    ['twice', 'For another project names stand twice.', 'envelope.duplicate-members', namesTwice],
    ['failure', 'For another project every list is an error with status 500.', 'envelope.status', failed],
    ['page', 'For another project every list is a page.', 'envelope.content-type envelope.json', () => page(200)],
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

/** Another value in each element that has the member. */
function each(members: Element): Change {
  return eachElement((element) => ({
    ...element,
    ...Object.fromEntries(Object.entries(members).filter(([name]) => Object.hasOwn(element, name))),
  }));
}

/** Changes what the second project's token gets. */
function forSecond(change: Change): Wrap {
  return (api, world) =>
    onAnswers((request) => defined(request) && projectOf(world, request) === world.secondProject, change)(api, world);
}

function cases(group: string, on: (change: Change) => Wrap, table: readonly Case[]): Fault[] {
  return table.map(([name, describes, fails, change]) =>
    apiFault(`every-answer.${group}.${name}`, describes, fails.split(' '), on(change)),
  );
}
