export { SeriesChart, type SeriesChartProps } from './SeriesChart';
