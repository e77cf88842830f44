import { type Change, onAnswers } from './answers.ts';
import { oddOf } from './odd-input.ts';
import { full } from './requests.ts';
import type { Wrap } from './wrap.ts';

/**
 * Odd input spoils the next full list, and none after it.
 *
 * @param change what becomes of the answer
 * @returns the variant
 */
export function afterOdd(change: Change): Wrap {
  return (api, world) => {
    let spoilt = false;
    return onAnswers(
      () => true,
      (response, request) => {
        if (oddOf(request)) spoilt = true;
        if (!spoilt || !full(request)) return response;
        spoilt = false;
        return change(response, request);
      },
    )(api, world);
  };
}
