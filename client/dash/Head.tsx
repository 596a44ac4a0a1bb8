// The head of a column that puts the rows in its order; once more turns it round.
export function Head({ says, on, down, onSort }: { says: string; on: boolean; down: boolean; onSort(): void }) {
  return <button type="button" className={`dash-head ${on ? 'on' : ''}`} onClick={onSort}>{says}<span aria-hidden="true">{on ? (down ? '↓' : '↑') : ''}</span></button>
}
