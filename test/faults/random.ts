/** Random numbers from a seed, always the same for the same seed. Mulberry32. */
export interface RandomSource {
	/** From 0 to 1, excluding 1. */
	fraction(): number;
	/** A whole number between both ends, inclusive. */
	between(low: number, high: number): number;
}

/** The seed of this run: `FAULTS_SEED` to reproduce a failure, otherwise a new one. */
export function chooseSeed(): number {
	const wanted = Number(process.env['FAULTS_SEED']);
	return Number.isInteger(wanted) && wanted > 0 ? wanted : 1 + Math.floor(Math.random() * 1e9);
}

export function createRandom(seed: number): RandomSource {
	let state = seed >>> 0;
	const fraction = (): number => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
	return { fraction, between: (low, high) => low + Math.floor(fraction() * (high - low + 1)) };
}
