export { GitHost } from './GitHost';
