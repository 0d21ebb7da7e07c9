export type { FreshState } from './LiveRead';
export { pageReads } from './pageReads';
export { SharedReads } from './SharedReads';
export {
  useFresh,
  useLiveRead,
  useScopedRead,
  type Fresh,
  type FreshSource,
} from './useFresh';
export { lastMoved, useOverview } from './useOverview';
export { useFreshPages, type FreshPages } from './useFreshPages';
