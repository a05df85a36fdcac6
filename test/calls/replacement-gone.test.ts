import { expect, it, onTestFinished } from 'vitest';
import type { Write } from '../../src/model/call.ts';
import { stoppedBySignal } from '../../src/calls/stop/stop-reasons.ts';
import { createStopSwitch } from '../../src/calls/stop/stop-switch.ts';
import type { PartnerCentral } from '../../src/partner-central/connect.ts';
import { fakeService, type FakeService } from '../run/fake-service.ts';
import { instantClock, setJobStage, type JobStage } from '../run/job-stage.ts';

const NEW = 'S-9999999';
const REPLACING = { inputOptions: { replaceWith: NEW } } as const;
const [FIRST, SECOND] = ['O100 Solutions S-0000000', 'O101 Solutions S-0000001'];
const [FIRST_NEW, SECOND_NEW] = [`O100 Solutions ${NEW}`, `O101 Solutions ${NEW}`];

interface Scene {
  readonly stage: JobStage;
  readonly service: FakeService;
  readonly clock: ReturnType<typeof instantClock>;
}

function scene(): Scene {
  const clock = instantClock();
  const stage = setJobStage(2, clock);
  onTestFinished(stage.remove);
  return { stage, service: fakeService(stage.named, clock), clock };
}

/** The same service, with other answers. */
function answering(
  service: FakeService,
  change: (own: PartnerCentral) => Partial<PartnerCentral>,
): FakeService {
  return {
    ...service,
    open: async () => {
      const opened = await service.open();
      const { partnerCentral } = opened;
      return { ...opened, partnerCentral: { ...partnerCentral, ...change(partnerCentral) } };
    },
  };
}

/** A run that stops once each new entity is attached, and before any old one is removed. */
async function stoppedHalfway({ stage, service }: Scene): Promise<void> {
  const stopSwitch = createStopSwitch();
  let attached = 0;
  const stopping = answering(service, (own) => ({
    write: async (write, signal, leaves) => {
      const answer = await own.write(write, signal, leaves);
      attached += 1;
      if (attached === 2) stopSwitch.stop(stoppedBySignal('SIGINT'));
      return answer;
    },
  }));
  const request = { ...REPLACING, slots: 2 };
  expect((await stage.run(stopping, undefined, request, { stopSwitch })).kind).toBe('stopped');
}

async function takeAway(of: string, { service }: Scene): Promise<void> {
  const { partnerCentral } = await service.open();
  const association = { opportunityId: of, entity: { type: 'Solutions', id: NEW } };
  await partnerCentral.write({ operation: 'DisassociateOpportunity', association } as Write);
}

function statusesOf({ stage }: Scene): readonly string[] {
  const rows = stage.results().flatMap((line) => /,(replaced|failed),(\w*)/.exec(line) ?? []);
  return rows.filter((_, index) => index % 3 > 0);
}

it('goes on with a half-done replacement where the new entity is still there', async () => {
  const found = scene();
  await stoppedHalfway(found);
  await found.stage.run(found.service, undefined, REPLACING);
  expect(statusesOf(found)).toEqual(['replaced', '', 'replaced', '']);
  expect(found.service.held()).toEqual([FIRST_NEW, SECOND_NEW]);
});

it.each([true, false])(
  'removes no old entity whose replacement is gone meanwhile (preflight: %j)',
  async (preflight) => {
    const found = scene();
    await stoppedHalfway(found);
    expect(found.service.held()).toEqual([FIRST, FIRST_NEW, SECOND, SECOND_NEW]);
    await takeAway('O100', found);
    await found.stage.run(found.service, undefined, { ...REPLACING, preflight });
    expect(found.service.held()).toEqual([FIRST, SECOND_NEW]);
    // The one that attached, by one request.
    expect(found.stage.results().slice(1, 3).join()).toMatch(
      /So the old entity was not removed.*,1,request-1,/,
    );
    expect(statusesOf(found)).toEqual(['failed', 'ReplacementGone', 'replaced', '']);
  },
);

it('removes none where the new entity can’t be seen', async () => {
  const found = scene();
  await stoppedHalfway(found);
  const blind = answering(found.service, () => ({
    readOpportunity: async () => ({
      ok: false,
      fault: { kind: 'refused', exception: 'ValidationException', message: 'No.' },
    }),
  }));
  await found.stage.run(blind, undefined, REPLACING);
  expect(found.service.held()).toEqual([FIRST, FIRST_NEW, SECOND, SECOND_NEW]);
  expect(statusesOf(found)).toEqual(['failed', 'ValidationException', 'failed', 'ValidationException']);
});
