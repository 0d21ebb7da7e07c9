export { usePages, type Pages, type PageSource } from './usePages';
export { queryParamOf, useQueryParam } from './useQueryParam';
