export const OLD = 'S-0000001';
export const NEW = 'S-0000002';
export const OTHER = 'S-0000003';

/** One opportunity of a partner's pipeline. */
export interface PipelineOpportunity {
  readonly id: string;
  readonly stage: string;
  readonly review: string;
  /** Type and identifier. */
  readonly held: readonly string[];
}

const STAGES = ['Prospect', 'Qualified', 'Technical Validation', 'Committed', 'Launched'];
/** What one opportunity in ten of a pipeline is like, in turn. */
const KINDS: readonly (readonly string[])[] = [
  [`Solutions ${OLD}`],
  [`Solutions ${OLD}`, 'AwsProducts AmazonEC2'],
  [`Solutions ${OLD}`, `Solutions ${OTHER}`, 'AwsProducts AWSLambda'],
  // Both already: nothing is to be attached.
  [`Solutions ${OLD}`, `Solutions ${NEW}`],
  [`Solutions ${OTHER}`],
  // A near miss of the old one.
  ['Solutions S-1', 'AwsProducts AmazonS3'],
  ['AwsProducts AmazonEC2', 'AwsProducts AmazonS3'],
  [],
  // Full: there is no place for an eleventh.
  [OLD, OTHER, ...Array.from({ length: 8 }, (_, index) => `S-000010${index}`)].map((id) => `Solutions ${id}`),
  [
    `Solutions ${OTHER}`,
    'AwsMarketplaceOffers arn:aws:aws-marketplace:us-east-1:123456789012:AWSMarketplace/Offer/offer-abc',
  ],
];

/** A pipeline of so many opportunities: several types, full places, locked ones, some that hold nothing, near misses. */
export function pipelineOf(opportunities: number): readonly PipelineOpportunity[] {
  return Array.from({ length: opportunities }, (_, index) => ({
    id: `O${1_000_000 + index}`,
    stage: STAGES[index % STAGES.length] ?? '',
    // Every seventeenth is with AWS for review, and locked.
    review: index % 17 === 5 ? 'In review' : 'Approved',
    held: KINDS[index % KINDS.length] ?? [],
  }));
}

export function isLocked({ review }: PipelineOpportunity): boolean {
  return review === 'In review';
}

export function isFull({ held }: PipelineOpportunity): boolean {
  return held.length === 10;
}

/** The seed of an emulator that holds it. */
export function seedOf(pipeline: readonly PipelineOpportunity[]): string {
  const lines = pipeline.flatMap(({ id, stage, review, held }) =>
    (held.length === 0 ? [' '] : held).map((one) => [id, ...one.split(' '), stage, review].join(',')),
  );
  return ['Opportunity ID,Entity Type,Related Entity,Stage,Review Status', ...lines, ''].join('\n');
}

/** What is held in all, one line each as the emulator tells it, sorted; `change` says what has become of an opportunity's. */
export function heldIn(
  pipeline: readonly PipelineOpportunity[],
  change: (held: readonly string[], opportunity: PipelineOpportunity) => readonly string[] = (held) => held,
): readonly string[] {
  return pipeline
    .flatMap((one) => [...new Set(change(one.held, one))].map((entity) => `${one.id} ${entity}`))
    .toSorted();
}
