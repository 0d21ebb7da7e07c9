/**
 * A Material UI select that shows all of a long value, on several lines: on a phone,
 * nothing else would.
 *
 * @internal
 */
export const WRAPPING_SELECT = {
  '& .MuiSelect-selectMenu': {
    whiteSpace: 'normal',
    overflowWrap: 'anywhere',
  },
} as const;
