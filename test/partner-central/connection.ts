import { onTestFinished } from 'vitest';
import type { Write } from '../../src/model/call.ts';
import {
  parseEntityId,
  parseOpportunityId,
  type EntityId,
  type OpportunityId,
} from '../../src/model/entity.ts';
import { proxyFor } from '../../src/partner-central/access/proxy.ts';
import { connect, type ConnectionOptions, type PartnerCentral } from '../../src/partner-central/connect.ts';
import { fixedCredentials, type Credentials } from '../../src/partner-central/access/credentials.ts';

export const CREDENTIALS: Credentials = {
  accessKeyId: 'AKIDEXAMPLE7777777',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  sessionToken: 'IQoJb3JpZ2luX2VjEXAMPLETOKEN//////////wEaCXVzLWVhc3QtMSJH',
};

/** The machine's clocks; nothing in this station sleeps. */
export const CLOCK: ConnectionOptions['clock'] = {
  wallMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  sleep: () => Promise.reject(new Error('A call does not sleep.')),
};

/** A connection that lives until the test ends. */
export function connectTo(endpoint: URL, changes: Partial<ConnectionOptions> = {}): PartnerCentral {
  const partnerCentral = connect({
    endpoint,
    network: { proxyFor: (url) => proxyFor(url, process.env) },
    region: 'us-east-1',
    catalog: 'Sandbox',
    credentials: fixedCredentials(CREDENTIALS),
    timeoutMs: 10_000,
    concurrency: 4,
    clock: CLOCK,
    userAgent: 'oppsweep|1.2.3',
    ...changes,
  });
  onTestFinished(() => partnerCentral.close());
  return partnerCentral;
}

export function opportunityId(text: string): OpportunityId {
  const id = parseOpportunityId(text);
  if (id === undefined) throw new Error(`"${text}" is no opportunity id.`);
  return id;
}

export function entityId(text: string): EntityId {
  const id = parseEntityId(text);
  if (id === undefined) throw new Error(`"${text}" is no entity id.`);
  return id;
}

export const DISASSOCIATE: Write = {
  operation: 'DisassociateOpportunity',
  association: {
    opportunityId: opportunityId('O1234567'),
    entity: { type: 'Solutions', id: entityId('S-0059717') },
  },
};
