import type { AnswerReader } from '../answers/answer-reader.ts';
import type { Observation } from '../answers/observation.ts';
import { saysNothing } from '../judging/observations.ts';
import type { Renew } from '../openstack/renewal.ts';
import { fullList, type Probe } from '../probes/probe.ts';
import type { Asker } from './asker.ts';

/**
 * Sees whether asking on makes sense: whether the token still holds (clause `authentication`), whether the target still
 * answers, and whether its answers are small enough to be read (clause `transient-trouble`).
 */
export type Stopping = {
  /** Why asking stopped; null while it goes on. */
  reason(): string | null;
  /** Whether a probe is still asked. */
  isAsked(probe: Probe): boolean;
  /** Looks at what the latest step brought, which is in the asker's `all`; may ask more to find out. */
  look(brought: readonly Observation[], width: number): Promise<void>;
  /** The tokens that were issued anew. In memory only. */
  freshTokens: readonly string[];
};

const expiry = 'the token expired during the run';
const silence = 'the target stopped answering';

/** After so many in a row that end alike, an ordinary request tells whether asking on makes sense. */
const inARow = 3;

const endings: readonly { isSuch(observation: Observation): boolean; why(last: Observation): string }[] = [
  { isSuch: isSilent, why: () => silence },
  {
    isSuch: ({ facts }) => facts.overLimit?.kind === 'size',
    why: ({ facts }) => `${facts.overLimit?.words}, and so were those before it: nothing more was asked`,
  },
];

/**
 * Makes it for a run.
 * @param renew fetches a new token in place of one that expired: once, for a second time says that something is wrong
 */
export function createStopping(asker: Asker, reader: AnswerReader, renew: Renew): Stopping {
  const { all, trouble } = asker;
  const freshTokens: string[] = [];
  let reason: string | null = null;
  let tokenIsValid = false;

  const askPlainly = async (occasion: string): Promise<Observation> =>
    (await asker.ask([fullList(occasion)], 1))[0] as Observation;

  const checkToken = async (refused: readonly Observation[], width: number): Promise<void> => {
    const plain = await askPlainly('expiry-check');
    if (!isUnauthorized(plain)) {
      all.push(plain);
      tokenIsValid = true;
      return;
    }
    const fresh = trouble.renewed === null ? await renew() : null;
    if (fresh !== null) {
      freshTokens.push(...fresh);
      reader.addTokens(fresh);
      trouble.renewed = refused.length;
      tokenIsValid = false;
      // A refusal for want of a valid token says nothing about the target.
      const still = (await asker.replace(refused, width)).filter(isUnauthorized);
      if (still.length > 0) await checkToken(still, width);
      return;
    }
    reason = expiry;
    // A token that never was accepted did not expire: then the refusals are all that there is to judge.
    if (!all.some(isAuthorized)) all.push(plain);
    else for (const old of refused) all.splice(all.indexOf(old), 1);
  };

  return {
    freshTokens,
    reason: () => reason,
    // Whether the target recovers is asked even of one that stopped answering, but not with a token that expired.
    isAsked: ({ phase }) => reason === null || (reason === silence && phase === 'recovery'),
    async look(brought, width) {
      if (reason !== null) return;
      const step = asker.lastStep();
      // A token that was valid once may expire later: then nothing but refusals comes.
      const refused = tokenIsValid ? refusedInARow(all) : brought.filter(isUnauthorized);
      if (refused.length > 0) await checkToken(refused, width);
      const recent = all.slice(-inARow);
      for (const { isSuch, why } of endings) {
        if (recent.length < inARow || !recent.every(isSuch)) continue;
        const alive = await askPlainly(`liveness-${step}`);
        all.push(alive);
        if (isSuch(alive)) reason = why(alive);
      }
    },
  };
}

/** No answer, or one that never ended. */
function isSilent(observation: Observation): boolean {
  if (saysNothing(observation)) return false;
  return observation.kind === 'failure' || observation.cut?.kind === 'timeout';
}

/** The latest answers, where they are refusals of the user's own token and not few. */
function refusedInARow(all: readonly Observation[]): readonly Observation[] {
  const refused = all.slice(all.findLastIndex((observation) => !isUnauthorized(observation)) + 1);
  return refused.length < inARow ? [] : refused;
}

/** Any other answer to a request that carried the user's own token. */
function isAuthorized(observation: Observation): boolean {
  return observation.kind === 'answer' && observation.status !== 401 && observation.probe.auth.kind === 'first';
}

/** A 401 to a request that carried the user's own token. */
function isUnauthorized(observation: Observation): boolean {
  return observation.kind === 'answer' && observation.status === 401 && observation.probe.auth.kind === 'first';
}
