/** A hatching, so that stacked bars don't differ by colour alone. @internal */
export function PatternDefinition(props: { id: string; color: string }) {
  const { id, color } = props;
  return (
    <defs>
      <pattern
        id={id}
        width="6"
        height="6"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <rect width="3" height="6" fill={color} />
      </pattern>
    </defs>
  );
}
