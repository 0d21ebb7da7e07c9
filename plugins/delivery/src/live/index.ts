export { isRefused } from './isRefused';
export { useRefresh } from './useRefresh';
