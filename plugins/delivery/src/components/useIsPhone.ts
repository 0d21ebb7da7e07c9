import { useTheme } from '@material-ui/core/styles';
import useMediaQuery from '@material-ui/core/useMediaQuery';

/** Whether the window is as narrow as a phone. @internal */
export function useIsPhone(): boolean {
  // Without `noSsr`, the first rendering would be that of a wide window.
  return useMediaQuery(useTheme().breakpoints.down('xs'), { noSsr: true });
}
