export { checkValues } from './checkValues';
export { HelmProgram } from './HelmProgram';
export { loadChart } from './loadChart';
