/** Tests of the request pipeline: from outside through a socket, and its parts by tables. */
@org.jspecify.annotations.NullMarked
package dev.parley.kit.http;
