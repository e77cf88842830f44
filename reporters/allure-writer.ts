import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringifyEnvInfo, type Writer } from 'allure-js-commons/sdk/reporter';

/**
 * Writes Allure's results as plain files. The usual writer makes each file durable on its own (fsync), which takes
 * longer than the rest of the reporting; here a run that is cut short leaves no results that anybody would read.
 */
export function createAllureWriter(folder: string): Writer {
  mkdirSync(folder, { recursive: true });
  const write = (name: string, content: string | Buffer) => writeFileSync(join(folder, name), content);
  const writeJson = (name: string, value: unknown) => write(name, JSON.stringify(value));
  return {
    writeResult: (result) => writeJson(`${result.uuid}-result.json`, result),
    writeGroup: (group) => writeJson(`${group.uuid}-container.json`, group),
    writeAttachment: write,
    writeAttachmentFromPath: (_name, from) => {
      throw new Error(`nothing is attached from a file: ${from}`);
    },
    writeEnvironmentInfo: (info) => write('environment.properties', stringifyEnvInfo(info)),
    writeCategoriesDefinitions: (categories) => writeJson('categories.json', categories),
    writeGlobals: writeJson,
  };
}
