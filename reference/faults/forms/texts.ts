import { everywhere, inLast, set } from '../../variants/stored.ts';
import { apiFault, type Fault } from '../fault.ts';

/** Texts that are longer than upstream lets them be. */
export const textFaults: readonly Fault[] = ['name', 'description'].flatMap((member) => [
  apiFault(
    `forms.${member}.length.over`,
    `${member} of the last element has 256 characters.`,
    [`forms.${member}.length`],
    inLast(set(member, 'é'.repeat(256))),
  ),
  apiFault(
    `forms.${member}.length.long`,
    `${member} has some thousand characters.`,
    [`forms.${member}.length`],
    everywhere(set(member, (element) => `${element[member]}${'x'.repeat(4000)}`)),
  ),
]);
