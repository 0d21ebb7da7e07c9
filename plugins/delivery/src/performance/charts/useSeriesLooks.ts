import { useTheme } from '@material-ui/core/styles';

/** @internal */
export interface SeriesLook {
  color: string;
  /** Of a line, as SVG writes it; undefined: solid. */
  dash?: string;
}

/**
 * The looks of the first and the second series, in the colours of the theme.
 *
 * @internal
 */
export function useSeriesLooks(): [SeriesLook, SeriesLook] {
  const { palette } = useTheme();
  return [
    { color: palette.info.main },
    { color: palette.error.main, dash: '6 4' },
  ];
}
