/**
 * The official client, as its documentation shows it: the endpoint and the credentials come from the environment.
 *
 * @param {NodeJS.ProcessEnv} env
 */
export async function openSdkClient(env) {
  const { DisassociateOpportunityCommand, PartnerCentralSellingClient } =
    await import('@aws-sdk/client-partnercentral-selling');
  const client = new PartnerCentralSellingClient({
    region: 'us-east-1',
    endpoint: env['AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING'],
  });
  return {
    write: ({ opportunityId, entity }) =>
      client.send(
        new DisassociateOpportunityCommand({
          Catalog: 'Sandbox',
          OpportunityIdentifier: opportunityId,
          RelatedEntityType: entity.type,
          RelatedEntityIdentifier: entity.id,
        }),
      ),
    close: async () => client.destroy(),
  };
}

/**
 * Works through items, so many at once.
 *
 * @template Item
 * @param {Iterable<Item> | AsyncIterable<Item>} items
 * @param {number} atOnce
 * @param {(item: Item) => Promise<unknown>} work
 */
export async function inParallel(items, atOnce, work) {
  const iterator = items[Symbol.asyncIterator]?.() ?? items[Symbol.iterator]();
  const worker = async () => {
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) await work(next.value);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
