/** Values that a schema of the contract's own data takes and refuses: written by hand, not from schemas/. */
export type Edges = { accepts: readonly unknown[]; refuses: readonly unknown[] };

const row = { table: 2, row: 1, parameter: 'mtu' };
const requirement = { id: 'forms.mtu', level: 'SHOULD', title: 'mtu is at least 68', source: 'RFC 791' };
const erratum = {
  id: 'a-b',
  kind: 'silence',
  clause: 'types',
  finding: 'f',
  decision: 'd',
  touches: ['enums.status', 'forms.*'],
};

/** An object without each of its members in turn. */
function lacking(whole: object): object[] {
  return Object.keys(whole).map((name) => Object.fromEntries(Object.entries(whole).filter(([each]) => each !== name)));
}

const noObjects = [null, [], 'text', 7, true];
const noTexts = [null, [], {}, 7, true, ''];
const members = (whole: object, wrong: Readonly<Record<string, readonly unknown[]>>): object[] =>
  Object.entries(wrong).flatMap(([name, values]) => values.map((value) => ({ ...whole, [name]: value })));

/** The annotation keywords of schemas/keywords.json. */
export const keywordEdges: Readonly<Record<string, Edges>> = {
  row: {
    accepts: [row, { ...row, table: 1, parameter: 'm' }, { ...row, table: 3 }],
    refuses: [
      ...noObjects,
      ...lacking(row),
      { ...row, column: 1 },
      ...members(row, { table: [0, 4, '1', ''], row: [0, 1.5, '1', null], parameter: noTexts }),
    ],
  },
  projectable: { accepts: [true, false], refuses: [null, 'true', 1, [], {}] },
  sensitive: { accepts: [true], refuses: [false, null, 'true', 1] },
  requirement: {
    accepts: [
      requirement,
      { ...requirement, id: 'enums.auth_mode.non-empty' },
      { ...requirement, level: 'MAY', title: 't', source: 's' },
      { ...requirement, level: 'MUST' },
      { ...requirement, judges: 'non-empty' },
    ],
    refuses: [
      ...noObjects,
      ...lacking(requirement),
      { ...requirement, errata: [] },
      ...members(requirement, {
        id: [
          ...noTexts,
          'parameters.type.mtu',
          'forms.',
          'forms',
          'xforms.mtu',
          'formsxmtu',
          'forms.Mtu',
          'forms.mtu ',
        ],
        // MUST is for what an edition states beside the property's own keywords.
        level: [...noTexts, 'must', 'may'],
        title: noTexts,
        source: noTexts,
        judges: [...noTexts, 'empty'],
      }),
    ],
  },
};

/** The errata ledger. */
export const ledgerEdges: Edges = {
  accepts: [
    [],
    [erratum],
    [{ ...erratum, explains: [null] }],
    [{ ...erratum, kind: 'contradiction', touches: ['projection.with-id.peer_cidrs'] }],
  ],
  refuses: [
    ...[null, {}, 'text', 7, true],
    ...[
      ...noObjects,
      ...lacking(erratum),
      { ...erratum, more: 1 },
      ...members(erratum, {
        id: [...noTexts, 'A', '-a', 'a b', 'a1', 'a.b', 'a\n'],
        kind: [...noTexts, 'doubt'],
        clause: [...noTexts, 'A', '-a', 'a b', 'a1', 'a.b', 'a\n'],
        finding: noTexts,
        decision: noTexts,
        touches: [...noTexts, ['a', 'a'], [''], [null], [7], ['A'], ['.a'], ['a b'], ['a/b'], ['a '], [' a']],
      }),
      { ...erratum, touches: [] },
      ...[null, {}, 'text', 7, true, []].map((explains) => ({ ...erratum, explains })),
    ].map((each) => [each]),
  ],
};
