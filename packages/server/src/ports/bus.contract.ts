import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Bus } from './bus.ts';

export interface BusUnderTest {
  /** A node joins; resolves when it can be heard. */
  join(node: string): Promise<Bus>;
  /** Resolves when everything published so far has arrived, and every subscription holds. */
  settled(): Promise<void>;
  dispose(): Promise<void>;
}

/** What every bus does, whatever carries it. */
export function busContract(name: string, makeNetwork: () => Promise<BusUnderTest>): void {
  describe(`bus: ${name}`, () => {
    let network: BusUnderTest;
    let a: Bus;
    let b: Bus;
    let c: Bus;
    beforeEach(async () => {
      network = await makeNetwork();
      [a, b, c] = await Promise.all([network.join('a'), network.join('b'), network.join('c')]);
    });
    afterEach(() => network.dispose());

    const listen = async (bus: Bus, subject: string) => {
      const heard: { message: unknown; from: string }[] = [];
      const stop = bus.subscribe(subject, (message, from) => void heard.push({ message, from }));
      await network.settled();
      return { heard, stop };
    };

    it('[OB19] a message reaches every other node, with its sender, and not the sender itself', async () => {
      const [atA, atB, atC] = [await listen(a, 's'), await listen(b, 's'), await listen(c, 's')];
      a.publish('s', { x: [1, null, 'ü'], y: { z: true } });
      await network.settled();
      const letter = { message: { x: [1, null, 'ü'], y: { z: true } }, from: 'a' };
      expect([atA.heard, atB.heard, atC.heard]).toEqual([[], [letter], [letter]]);
      expect([a.node, b.node]).toEqual(['a', 'b']);
    });

    it('[OB19] each sender’s messages come in order, both ways at once, across subjects', async () => {
      const heardBy = { a: [] as unknown[], b: [] as unknown[] };
      for (const subject of ['s', 't']) {
        a.subscribe(subject, (message) => void heardBy.a.push(message));
        b.subscribe(subject, (message) => void heardBy.b.push(message));
      }
      await network.settled();
      for (let i = 0; i < 500; i++) {
        a.publish(i % 3 === 0 ? 's' : 't', i);
        b.publish(i % 3 === 0 ? 't' : 's', i);
      }
      await network.settled();
      const inOrder = Array.from({ length: 500 }, (_, i) => i);
      expect(heardBy).toEqual({ a: inOrder, b: inOrder });
    });

    it('[OB19] only the subject that is named is heard', async () => {
      const { heard } = await listen(b, 'to.b');
      for (const subject of ['to', 'to.bb', 'to.b.x', 'to.c', 'b']) a.publish(subject, subject);
      a.publish('to.b', 'right');
      await network.settled();
      expect(heard.map(({ message }) => message)).toEqual(['right']);
    });

    it('[OB19] several subscribers of one node each hear it; who unsubscribes hears nothing more, the others do', async () => {
      const [one, two] = [await listen(b, 's'), await listen(b, 's')];
      a.publish('s', 1);
      await network.settled();
      one.stop();
      one.stop();
      await network.settled();
      a.publish('s', 2);
      await network.settled();
      expect([one.heard, two.heard].map((heard) => heard.map(({ message }) => message))).toEqual([[1], [1, 2]]);
    });

    it('[OB19] what nobody takes is lost without an error; nothing is kept for later', async () => {
      a.publish('s', 'early');
      await network.settled();
      const { heard } = await listen(b, 's');
      a.publish('s', 'late');
      await network.settled();
      expect(heard.map(({ message }) => message)).toEqual(['late']);
    });

    it('[OB19] a node that has left hears and says nothing; one that comes back does', async () => {
      const atB = await listen(b, 's');
      const atC = await listen(c, 's');
      await b.close();
      a.publish('s', 1);
      b.publish('s', 2);
      await network.settled();
      const again = await listen(await network.join('b'), 's');
      a.publish('s', 3);
      await network.settled();
      expect([atB.heard, atC.heard.map(({ message }) => message), again.heard.map(({ message }) => message)]).toEqual([[], [1, 3], [3]]);
    });
  });
}
