// Loaded before Azurite (node --import). Whoever ends an app sends SIGTERM to all of its processes at once. Azurite outlives the others by a moment, so that silos can
// write down what they were doing and that they have left.
const moment = 3000;
const { once } = process;
process.once = (event, listener) => once.call(process, event, event === "SIGTERM" ? () => setTimeout(listener, moment) : listener);
