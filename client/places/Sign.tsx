// May, may not, nothing said: told apart by their shape, and by a word for those who do not see it.
export function Sign({ of }: { of: 'allow' | 'deny' | 'none' }) {
  return (
    <svg className={`sign-of ${of}`} viewBox="0 0 20 20" aria-hidden="true">
      {of === 'allow' && <path d="M4 10.500l4 4 8-9" />}
      {of === 'deny' && <><circle cx="10" cy="10" r="7.500" /><path d="M4.800 15.200L15.200 4.800" /></>}
      {of === 'none' && <path d="M6 10h8" />}
    </svg>
  )
}
