import type { Advice } from '../../../model/advice.ts';

/** A sentence or two for each advice, from its facts; one that is missing does not compile. */
export type Hints<Group extends Advice> = {
  readonly [Code in Group['code']]: (facts: Extract<Group, { code: Code }>) => string;
};
