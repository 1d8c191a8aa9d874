import { busContract } from '../ports/bus.contract.ts';
import { LocalNetwork } from './bus-local.ts';

busContract('local', async () => {
  const network = new LocalNetwork();
  return { join: async (node) => network.join(node), settled: async () => {}, dispose: async () => {} };
});
