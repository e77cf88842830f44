import type { Settings } from '../configuration/settings.ts';
import type { Clause } from '../contract/clauses.ts';
import type { Level } from '../contract/level.ts';
import type { Probe } from '../probes/probe.ts';
import type { Need } from './needs.ts';
import type { Observations } from './observations.ts';
import type { Verdict } from './verdict.ts';

/** One testable statement of the contract. */
export type Requirement = {
  /** A readable path that begins with its suite; it never changes. */
  id: string;
  level: Level;
  /** One sentence, present tense: what holds when a target conforms. */
  title: string;
  /** The clause of docs/contract.md that says how the page is read here. */
  clause: Clause;
  /** Where it is said: the page's table and row, an RFC section, an upstream convention. */
  source: string;
  /** The least that must have been seen of a target for it to be judged: a captured body may show less. */
  needs: Need;
  /** The requests that it needs. */
  probes(settings: Settings): readonly Probe[];
  /** From what was observed to a verdict; synchronous, pure, the same every time. */
  judge(observations: Observations): Verdict;
  /** The probes to ask once more in a fresh pair of full lists, given what was seen (clause `living-inventory`). */
  askAgain?(observations: Observations): readonly Probe[];
};
