import * as allure from 'allure-js-commons';
import { Severity } from 'allure-js-commons';
import { ALLURE_HTTP_EXCHANGE_CONTENT_TYPE, ALLURE_HTTP_EXCHANGE_FILE_EXTENSION } from 'allure-js-commons/http';
import type { Level } from '../harness/verdict.ts';
import type { NamedExchange } from './exchange.ts';
import type { Result } from './result.ts';

const severities: Readonly<Record<Level, Severity>> = {
  MUST: Severity.CRITICAL,
  SHOULD: Severity.NORMAL,
  MAY: Severity.MINOR,
};

/** The operation under test, as Allure's epic. */
const operation = 'Querying IPsec VPN Connections';

/**
 * Describes the current test to Allure: where it stands in the behaviours tree, what it says, what was exchanged.
 * @param target excluded from the identity of the test, so that its history spans targets
 */
export async function describeToAllure(
  result: Result,
  target: string,
  exchanges: readonly NamedExchange[],
): Promise<void> {
  await allure.epic(operation);
  await allure.feature(result.suite);
  await allure.story(result.source);
  await allure.severity(severities[result.level]);
  await allure.tags(result.level, result.suite);
  await allure.testCaseId(result.id);
  await allure.displayName(`${result.id}: ${result.title}`);
  await allure.parameter('target', target, { excluded: true });
  await allure.description(describe(result));
  for (const { name, url } of sourceLinks(result.source)) await allure.link(url, name);
  for (const { name, exchange } of exchanges) {
    await allure.step(name, async () => {
      await allure.attachment('exchange', JSON.stringify(exchange), {
        contentType: ALLURE_HTTP_EXCHANGE_CONTENT_TYPE,
        fileExtension: ALLURE_HTTP_EXCHANGE_FILE_EXTENSION,
      });
    });
  }
}

/** The public texts that a source names: RFC sections and weaknesses. */
export function sourceLinks(source: string): readonly { name: string; url: string }[] {
  const sections = [...source.matchAll(/RFC (\d+) section ([\d.]*\d)/g)].map(([name, rfc, section]) => ({
    name,
    url: `https://www.rfc-editor.org/rfc/rfc${rfc}#section-${section}`,
  }));
  const weaknesses = [...source.matchAll(/CWE-(\d+)/g)].map(([name, number]) => ({
    name,
    url: `https://cwe.mitre.org/data/definitions/${number}.html`,
  }));
  return [...sections, ...weaknesses];
}

function describe(result: Result): string {
  const evidence = result.evidence;
  return [
    `**${result.level}** ${result.title}.`,
    `Source: ${result.source}.`,
    ...result.errata.map(({ id, decision }) => `Erratum *${id}*: ${decision}`),
    ...(evidence
      ? [`Judged: ${evidence.judged} ${evidence.of} in ${evidence.answers} answers.`, ...evidence.notes]
      : []),
    ...(result.reason === undefined ? [] : [`Why: ${result.reason}.`]),
    ...(result.remedy === undefined ? [] : [`To see it: ${result.remedy}.`]),
    `Again: \`${result.rerun}\``,
  ].join('\n\n');
}
