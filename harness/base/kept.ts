/** How many departures of one requirement are kept in full. */
export const keptPlaces = 3;

/**
 * How many kinds of departure of one requirement are kept: more than anybody would list by hand, and little to hold.
 */
export const keptGroups = 1_000;
