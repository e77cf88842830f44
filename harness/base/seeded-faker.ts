import type { Faker } from '@faker-js/faker';
import { faker } from '@faker-js/faker/locale/en';

/**
 * The generator of odd values, at the start of a seed's sequence. It is one for all: make what you need before the next
 * call. One locale alone is imported: all of them together take longer to load than the rest of the suite.
 */
export function seededFaker(seed: number): Faker {
  faker.seed(seed);
  return faker;
}
