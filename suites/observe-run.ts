import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Capture, captureOf } from '../harness/capture.ts';
import { type Configuration, settingsOf, type Target } from '../harness/configuration.ts';
import type { Observations } from '../harness/observations.ts';
import { observe } from '../harness/observe.ts';
import { type Patience, type Trouble, untroubled } from '../harness/patience.ts';
import { isRecording, observationsOf } from '../harness/recording.ts';
import { createRenewableClient } from '../harness/renewal.ts';
import type { Requirement } from '../harness/requirement.ts';

/** What a run observed, and from where. */
export type ObservedRun = {
  observations: Observations;
  trouble: Trouble;
  milliseconds: number;
  /** The path before /v2.0 of the target that was observed. */
  basePath: string;
  /** What was captured, where a captured body is judged. */
  capture: Capture['shape'] | null;
};

const patience: Patience = { retries: 3, longestWait: 10_000, budget: 60_000, sleep: (wait) => sleep(wait) };

/** Observes the target, or takes what was observed from a recording or a captured body. */
export async function observeRun(
  requirements: readonly Requirement[],
  configuration: Configuration,
  target: Target,
): Promise<ObservedRun> {
  const settings = settingsOf(configuration, target);
  if (configuration.file !== null) return readObserved(configuration.file, settings);
  const client = createRenewableClient({ ...target, ...configuration }, configuration.keystone);
  const begun = performance.now();
  const { observations, trouble } = await observe(requirements, settings, client.transport, patience, client.renew);
  const milliseconds = performance.now() - begun;
  await client.close();
  return { observations, trouble, milliseconds, basePath: target.basePath, capture: null };
}

function readObserved(file: string, settings: ReturnType<typeof settingsOf>): ObservedRun {
  const bytes = readFileSync(file);
  const rest = { trouble: untroubled, milliseconds: 0 };
  const document = asJson(bytes.toString());
  if (isRecording(document)) return { ...observationsOf(document, settings), ...rest, capture: null };
  const { observations, shape } = captureOf(bytes, settings);
  return { observations, ...rest, basePath: '', capture: shape };
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
