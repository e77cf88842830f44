import { test } from 'vitest';
import { faults } from '../reference/faults/all.ts';
import { proveFaults } from './prove-faults.ts';

// Apart, for these need the clock: a thread busy with judging makes an answer late.
proveFaults(
  faults.filter(({ kind }) => kind === 'wire'),
  test.concurrent,
);
