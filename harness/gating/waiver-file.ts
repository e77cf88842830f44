import type { ErrorObject } from 'ajv/dist/2020.js';
import schema from '../../schemas/waivers.schema.json' with { type: 'json' };
import { createValidator, type Validator } from '../base/ajv.ts';
import { pointerTokens } from '../base/pointer.ts';
import { errorPlace, parseYaml, readYamlFile, type YamlFile } from '../base/yaml-file.ts';
import type { Accepted, Waiver } from './waivers.ts';

type Written = {
  waivers: readonly (Omit<Waiver, 'file' | 'line' | 'departures'> & { departures: readonly Accepted[] })[];
};

const validate: Validator<Written> = createValidator(schema);

/**
 * Reads waiver files.
 * @param known the ids of all requirements
 * @throws ConfigurationError one line that begins with file and line
 */
export function readWaivers(files: readonly string[], known: ReadonlySet<string>): readonly Waiver[] {
  return files.flatMap((file) => waiversOf(readYamlFile(file), file, known));
}

/**
 * Waivers from the text of a file.
 * @param file its name, for messages
 * @throws ConfigurationError
 */
export function parseWaivers(text: string, file: string, known: ReadonlySet<string>): readonly Waiver[] {
  return waiversOf(parseYaml(text, file), file, known);
}

function waiversOf({ value, lineOf, refuse }: YamlFile, file: string, known: ReadonlySet<string>): readonly Waiver[] {
  if (!validate(value)) {
    const [error] = validate.errors;
    return refuse(lineOf(errorPlace(error)), explain(error));
  }
  return value.waivers.map((waiver, index): Waiver => {
    const line = lineOf(['waivers', index]);
    if (!known.has(waiver.requirement)) {
      refuse(
        lineOf(['waivers', index, 'requirement']),
        `there is no requirement ${JSON.stringify(waiver.requirement)}`,
      );
    }
    if (waiver.expires === undefined && waiver.departures.some((departure) => 'any' in departure)) {
      refuse(line, 'accepts any departure, and so needs the last day on which it does: expires');
    }
    const departures = waiver.departures.map((found, at) => ({
      ...found,
      line: lineOf(['waivers', index, 'departures', at]),
    }));
    return { ...waiver, file, line, departures };
  });
}

/** Why a member is refused, where the keyword of the schema says less. */
const wanted: Readonly<Record<string, string>> = {
  requirement: 'is the id of one requirement',
  reason: 'must say why the failure is accepted: it is empty',
  expires: 'is a date like "2027-01-31"',
  link: 'is an address that begins with http:// or https://',
  departures: 'is a list of at least one departure, each with at and value, words, type or any',
  at: 'is a JSON pointer, with * for every index',
  words: 'is a text',
  type: 'is string, number, integer, boolean, object, array or null',
  any: 'is true, or left out',
  waivers: 'is a list of waivers',
};

/** One line of our own from Ajv's error. */
function explain(error: ErrorObject | undefined): string {
  const { additionalProperty, missingProperty, passingSchemas } = error?.params ?? {};
  if (error?.keyword === 'additionalProperties') return `${JSON.stringify(additionalProperty)} is not known`;
  if (error?.keyword === 'oneOf')
    return passingSchemas ? 'has more than one of value, words, type and any' : 'lacks a value, words, a type, or any';
  if (error?.keyword === 'required' && error.schemaPath.includes('oneOf'))
    return 'lacks a value, words, a type, or any';
  if (error?.keyword === 'required') return `lacks ${missingProperty}`;
  const name = pointerTokens(error?.instancePath ?? '').findLast((token) => !/^\d+$/.test(token));
  return name === undefined ? 'is no list of waivers' : `${name} ${wanted[name] ?? 'is not as it must be'}`;
}
