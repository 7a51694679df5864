import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { beginScene, endure, FLOWS, type Flow } from './matrix';
import { createMortalWorld, type MortalWorld, SERVERS, type Server } from './mortal';
import { type Cut, runUntilCut } from './power';

/** Which of the contacts of a flow are visited: all of them, or so many, spread over it. */
export type Visits = number | 'all';

const TOUCHED: Readonly<Record<Flow['touches'], readonly Server[]>> = {
  'every server': SERVERS,
  'vault and issuer': ['vault', 'issuer'],
  'the vault': ['vault'],
};

interface Point {
  readonly at: number;
  readonly cut: Cut;
}

/** Registers the tests of servers that die, on one kind of store. */
export function testMatrix(store: string, open: Parameters<typeof createMortalWorld>[0], visits: Visits): void {
  describe(`on ${store}`, () => {
    let mortal: MortalWorld;
    beforeAll(async () => {
      mortal = await createMortalWorld(open);
    }, 120_000);
    afterAll(() => mortal?.close());

    describe.each(SERVERS)('%s may die', (server) => {
      const flows = FLOWS.filter(({ touches }) => TOUCHED[touches].includes(server));
      it.each(flows)(
        'at any contact of: $name',
        async (flow) => {
          const { contacts } = await play(mortal, flow, server, { at: Number.POSITIVE_INFINITY, cut: 'before' });
          expect(contacts).toBeGreaterThan(0);
          for (const point of pointsOf(contacts, visits)) {
            const { died } = await play(mortal, flow, server, point);
            expect(died).toBe(true);
          }
        },
        1_800_000,
      );
    });
  });
}

/**
 * Registers the tests of devices that die while every server goes on.
 * @param least at so many places at least has one died in the end
 */
export function testDevices(
  store: string,
  open: Parameters<typeof createMortalWorld>[0],
  visitsOf: (flow: Flow) => Visits,
  least: number,
): void {
  describe(`a device, its parties on ${store}, may die`, () => {
    let mortal: MortalWorld;
    let visited = 0;
    beforeAll(async () => {
      mortal = await createMortalWorld(open);
    }, 120_000);
    afterAll(() => mortal?.close());

    it.each(FLOWS.filter(({ byServers }) => !byServers))(
      'at any contact of: $name',
      async (flow) => {
        const { contacts } = await playDevice(mortal, flow, { at: Number.POSITIVE_INFINITY, cut: 'before' });
        expect(contacts).toBeGreaterThan(0);
        for (const point of pointsOf(contacts, visitsOf(flow))) {
          const { died } = await playDevice(mortal, flow, point);
          expect(died).toBe(true);
          visited += 1;
        }
      },
      1_800_000,
    );

    it(`and has died at ${least} places at least`, () => {
      expect(visited).toBeGreaterThanOrEqual(least);
    });
  });
}

async function playDevice({ world }: MortalWorld, flow: Flow, { at, cut }: Point) {
  const scene = await beginScene(world, flow);
  const death = await runUntilCut(world, scene.device, at, cut, (device) => flow.act({ ...scene, device }));
  await flow.settle(scene);
  return death;
}

async function play({ world, withDeath }: MortalWorld, flow: Flow, server: Server, { at, cut }: Point) {
  const scene = await beginScene(world, flow);
  const death = await withDeath(server, at, cut, () => endure(flow.act(scene)));
  await flow.settle(scene);
  return death;
}

function pointsOf(contacts: number, visits: Visits): Point[] {
  const all = Array.from({ length: contacts }, (_, index) => index + 1).flatMap((at): Point[] => [
    { at, cut: 'before' },
    { at, cut: 'after' },
  ]);
  if (visits === 'all' || visits >= all.length) return all;
  // Spread over the contacts, befores and afters by turns.
  return Array.from({ length: visits }, (_, place) => {
    const contact = Math.floor(((place + 0.5) * contacts) / visits);
    return { at: contact + 1, cut: place % 2 === 0 ? 'before' : 'after' };
  });
}
