export { usePages, type Pages, type PageSource } from './usePages';
export { useQueryParam } from './useQueryParam';
