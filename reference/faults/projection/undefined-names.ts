import { withHeader } from '../../http.ts';
import { eachElement, onAnswers, text } from '../../variants/answers.ts';
import { page, toLogin, upstreamError } from '../../variants/refusals.ts';
import { bare, fieldsOf, list, UNDEFINED_KINDS, undefinedKind, type When } from '../../variants/requests.ts';
import { apiFault, type Fault } from '../fault.ts';

/** Names that `fields` is not defined for, taken badly: clause `undefined-names`. */
export const undefinedNameFaults: readonly Fault[] = [
  ...UNDEFINED_KINDS.flatMap((kind) => {
    const alone = [`projection.undefined.${kind}`];
    const beside = [`projection.beside.${kind}`];
    return [
      apiFault(
        `projection.undefined.${kind}.500`,
        `A name in fields of the kind '${kind}' fails with 500.`,
        alone,
        onAnswers(isAlone(kind), () => upstreamError(500)),
      ),
      apiFault(
        `projection.undefined.${kind}.page`,
        `A name in fields of the kind '${kind}' gets a page with status 200.`,
        alone,
        onAnswers(isAlone(kind), () => page(200)),
      ),
      apiFault(
        `projection.beside.${kind}.lost`,
        `A name in fields of the kind '${kind}' makes the target forget id beside it.`,
        beside,
        onAnswers(
          isBeside(kind),
          eachElement(() => ({})),
        ),
      ),
      apiFault(
        `projection.beside.${kind}.lost-before`,
        `A name in fields of the kind '${kind}' makes the target forget id before it.`,
        beside,
        onAnswers(
          (request) => isBeside(kind)(request) && fieldsOf(request)[0] === 'id',
          eachElement(() => ({})),
        ),
      ),
      apiFault(
        `projection.beside.${kind}.500`,
        `A name in fields of the kind '${kind}' beside id fails with 500.`,
        beside,
        onAnswers(isBeside(kind), () => upstreamError(500)),
      ),
    ];
  }),
  apiFault(
    'projection.undefined.labelled',
    'The list that an unknown name gets is labelled text/html.',
    ['projection.undefined.unknown'],
    onAnswers(isAlone('unknown'), (response) => withHeader(response, 'Content-Type', 'text/html')),
  ),
  apiFault(
    'projection.undefined.duplicates',
    'The list that a dotted name gets has a member twice.',
    ['projection.undefined.dotted'],
    onAnswers(
      isAlone('dotted'),
      text((json) => json.replace(/^\{/, '{"count":1,"count":1,')),
    ),
  ),
  apiFault(
    'projection.undefined.redirect',
    'Names that are not known lead to a login page.',
    ['projection.undefined.unknown'],
    onAnswers(isAlone('unknown'), toLogin),
  ),
  apiFault(
    'projection.undefined.broken-refusal',
    'Names that are not known are refused in a body that is labelled JSON and is none.',
    ['projection.undefined.unknown'],
    onAnswers(isAlone('unknown'), (response) => ({ ...response, status: 400, body: Buffer.from('no such field') })),
  ),
];

function isAlone(kind: string): When {
  return (request) => {
    const [name, ...others] = fieldsOf(request);
    if (!list(request) || name === undefined || others.length > 0) return false;
    return kind === 'bare' ? bare(request) : !bare(request) && undefinedKind(name) === kind;
  };
}

function isBeside(kind: string): When {
  return (request) => {
    const names = fieldsOf(request);
    if (!list(request) || names.length !== 2 || !names.includes('id')) return false;
    return kind === 'bare' ? bare(request) : !bare(request) && names.some((name) => undefinedKind(name) === kind);
  };
}
