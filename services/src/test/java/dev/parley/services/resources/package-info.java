/** Tests of resources and keys, on a real store. */
@org.jspecify.annotations.NullMarked
package dev.parley.services.resources;
