export { memoryHistory } from './memory-history.ts';
