/** RandomSource with a seed: the same seed gives the same numbers. Mulberry32. */
export interface RandomSource {
	/** 0 to 1, without 1. */
	fraction(): number;
	/** A whole number, both ends included. */
	between(low: number, high: number): number;
}

/** The seed of this run: `FAULTS_SEED`, to repeat a failure, or a new one. */
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
