/** Prints a table in Markdown. */
export function printTable(head: string[], rows: (string | number)[][]): void {
	console.log(`| ${head.join(' | ')} |`);
	console.log(`|${head.map(() => '---|').join('')}`);
	for (const row of rows) console.log(`| ${row.join(' | ')} |`);
}
