/**
 * The data folder: made, marked and locked by one process, with the small files through which a
 * server and the people of its machine find each other. Knows nothing of the store inside. Start at
 * {@link dev.parley.server.folder.DataFolder}.
 */
@org.jspecify.annotations.NullMarked
package dev.parley.server.folder;
