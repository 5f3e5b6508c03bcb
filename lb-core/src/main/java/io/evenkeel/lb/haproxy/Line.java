package io.evenkeel.lb.haproxy;

import java.util.List;

/**
 * A line of the file that holds at least one word.
 *
 * @param number counted from 1
 * @param words unquoted, variables expanded
 * @param broken whether a problem was reported already, so that only the first word can be trusted
 */
record Line(int number, List<String> words, boolean broken) {}
