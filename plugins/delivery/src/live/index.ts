export { pageReads } from './pageReads';
export { SharedReads } from './SharedReads';
export { useFresh, type Fresh } from './useFresh';
export { useFreshPages, type FreshPages } from './useFreshPages';
