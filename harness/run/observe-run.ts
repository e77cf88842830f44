import { setTimeout as sleep } from 'node:timers/promises';
import { createAnswerReader } from '../answers/answer-reader.ts';
import { type Capture, captureOf } from '../captures/capture.ts';
import { isRecording, readRecording } from '../captures/recording.ts';
import { readUserFile } from '../captures/user-file.ts';
import { type Configuration, settingsOf, type Target } from '../configuration/configuration.ts';
import type { Settings } from '../configuration/settings.ts';
import type { Contract } from '../contract/contract.ts';
import { paced } from '../http/pace.ts';
import { type Patience, untroubled } from '../http/patience.ts';
import { createObservations } from '../judging/create-observations.ts';
import type { Requirement } from '../judging/requirement.ts';
import { createRenewableClient } from '../openstack/renewal.ts';
import type { Probe } from '../probes/probe.ts';
import { type Observed, observe } from './observe.ts';
import { type ProgressListener, silentProgress } from './progress.ts';

/** The observations of a run, and their source. */
export type ObservedRun = Observed & {
  milliseconds: number;
  /** The path before /v2.0 of the target that was observed. */
  basePath: string;
  /** The shape of the captured body, where one is judged. */
  capture: Capture['shape'] | null;
  /** Remarks for the user on the file that was judged. */
  remarks: readonly string[];
};

const bounds = { retries: 3, longestWait: 10_000, budget: 60_000 };

/** Options of an observation: who is told of its progress, and further probes. */
type ObservingOptions = {
  /** Told of each request. */
  progress?: ProgressListener | undefined;
  /** Probes that no requirement of the run has. */
  more?: (settings: Settings) => readonly Probe[];
};

/** Observes the target, or takes what was observed from a recording or a captured body. */
export async function observeRun(
  requirements: readonly Requirement[],
  contract: Contract,
  configuration: Configuration,
  target: Target,
  { progress = silentProgress, more = () => [] }: ObservingOptions = {},
): Promise<ObservedRun> {
  const settings = settingsOf(configuration, target);
  if (configuration.file !== null) return readObserved(configuration.file, contract, settings);
  const client = createRenewableClient({ ...target, ...configuration }, configuration.keystone);
  const begun = performance.now();
  const { transport, renew } = client;
  const reader = createAnswerReader({ contract, bodyLimit: settings.bodyLimit, tokens: settings.secrets });
  const patience: Patience = {
    ...bounds,
    now: () => performance.now(),
    async sleep(wait) {
      progress.waiting(wait);
      await sleep(wait);
    },
  };
  const way = { transport: paced(transport, configuration.delayMilliseconds), patience, renew, progress };
  const observed = await observe({ requirements, settings, reader, more: more(settings) }, way);
  const milliseconds = performance.now() - begun;
  await client.close();
  return { ...observed, milliseconds, basePath: target.basePath, capture: null, remarks: [] };
}

function readObserved(file: string, contract: Contract, own: Settings): ObservedRun {
  const { bytes, remarks } = readUserFile(file);
  const rest = { trouble: untroubled, milliseconds: 0 };
  if (isRecording(bytes)) {
    const { basePath, remarks: more, ...seen } = readRecording(bytes, own, contract);
    const observations = createObservations({ ...seen, contract });
    return { observations, basePath, ...rest, capture: null, remarks: [...remarks, ...more] };
  }
  const reader = createAnswerReader({ contract, bodyLimit: own.bodyLimit, tokens: own.secrets });
  const { observation, shape } = captureOf(bytes, reader);
  const { texts, secrets } = reader;
  const seen = { settings: own, contract, texts, secrets, all: [observation], stopped: null };
  return { observations: createObservations(seen), ...rest, basePath: '', capture: shape, remarks };
}
